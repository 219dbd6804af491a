package io.gatehouse.directory.unified;

import io.gatehouse.directory.connector.Source;
import io.gatehouse.directory.connector.UpstreamResource;
import io.gatehouse.directory.gateway.Deadline;
import io.gatehouse.directory.gateway.ResourcePages;
import io.gatehouse.directory.gateway.ResourcePages.PageRequest;
import io.gatehouse.directory.gateway.ResourcePages.Reading;
import io.gatehouse.directory.gateway.UpstreamAccount;
import io.gatehouse.directory.gateway.UpstreamFailures;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Reads the pages of one walk, each once, and keeps account of what they take. */
final class PageReader {
  private static final int MAX_PAGES = 50;
  private static final int MUCH = 4 * 1024 * 1024;
  private static final Duration TO_END = Duration.ofSeconds(1);

  private final ResourcePages pages;
  private final UpstreamAccount account;
  private final Deadline deadline;
  private final Set<PageOfSource> read = new HashSet<>();
  private int length;

  private record PageOfSource(
      Source source, UpstreamResource resource, Map<String, String> parameters, String page) {}

  PageReader(ResourcePages pages, UpstreamAccount account) {
    this.pages = pages;
    this.account = account;
    this.deadline = pages.deadline();
  }

  /** Reads a page that this walk has not read yet: one that comes again would come for ever. */
  Reading read(Source source, PageRequest wanted) {
    UpstreamResource resource = wanted.resource();
    if (!read.add(new PageOfSource(source, resource, wanted.parameters(), wanted.page()))) {
      throw UpstreamFailures.unusable(
          account.connector(), "the pages of " + resource.name() + " go round in a circle");
    }
    Reading reading = pages.read(account, wanted, deadline);
    if (reading instanceof Reading.Page page) {
      length += page.length();
    }
    return reading;
  }

  /** Reads a page once more. */
  Reading.Page again(PageRequest wanted) {
    return switch (pages.read(account, wanted, deadline)) {
      case Reading.Page page -> page;
      case Reading.Absent absent -> throw new IllegalStateException("no status is tolerated");
    };
  }

  /** Whether so many pages were read that a walk has to stop, whatever it found. */
  boolean isWornOut() {
    return read.size() >= MAX_PAGES;
  }

  /** Whether it is time to come to an end, for which a little time is left. */
  boolean isTimeUp() {
    return deadline.left().compareTo(TO_END) < 0;
  }

  /** Whether so much was read that no more should be kept. */
  boolean hasReadMuch() {
    return length >= MUCH;
  }
}
