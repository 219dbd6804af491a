package io.gatehouse.directory.gateway;

import io.gatehouse.directory.gateway.Outcome.Answered;
import io.gatehouse.directory.gateway.Outcome.EndedEarly;
import io.gatehouse.directory.gateway.Outcome.TimedOut;
import io.gatehouse.directory.gateway.Outcome.TooLarge;
import io.gatehouse.directory.gateway.Outcome.Unreachable;
import io.gatehouse.platform.secret.Secret;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Takes secrets out of what an upstream sent back, so that one that echoes its request leaks none.
 * A secret, or {@linkplain SecretParts a part of it}, is found in upper or lower case, as it is, in
 * base64 (alone or within something longer, such as {@code user:password}), in base64 of that, in
 * hexadecimal digits, and in each of these with any of its characters escaped as in JSON, a URL or
 * HTML, up to a few times over.
 */
final class Redaction {
  /** What is shorter is no secret worth the name, and may be a part of any word. */
  static final int MIN_CHARACTERS = 8;

  /** An error within an error within an error is quoted so many times. */
  private static final int MAX_LAYERS = 4;

  private static final String REDACTED = "***";

  private final List<String> secrets;

  Redaction(Collection<Secret> secrets) {
    this.secrets =
        secrets.stream()
            .map(secret -> SecretParts.of(secret.reveal()))
            .flatMap(Set::stream)
            .distinct()
            .toList();
  }

  Outcome of(Outcome outcome) {
    return switch (outcome) {
      case Answered(int status, var headers, String body) ->
          new Answered(status, headers, redact(body));
      case Unreachable(String reason) -> new Unreachable(redact(reason));
      case EndedEarly endedEarly -> endedEarly;
      case TimedOut timedOut -> timedOut;
      case TooLarge tooLarge -> tooLarge;
    };
  }

  private String redact(String text) {
    Found found = new Found(text);
    List<String> wanted = secrets;
    Optional<DecodedText> view = Optional.of(DecodedText.of(text));
    for (int layer = 0; layer <= MAX_LAYERS && view.isPresent(); layer++) {
      found.addAll(view.get(), wanted);
      view = view.get().decoded();
      wanted = withDecoded(wanted);
    }
    return found.redacted();
  }

  /** A secret that looks escaped itself changes with the text around it. */
  private static List<String> withDecoded(List<String> secrets) {
    List<String> all = new ArrayList<>(secrets);
    for (String secret : secrets) {
      DecodedText.of(secret)
          .decoded()
          .map(DecodedText::text)
          .filter(decoded -> decoded.length() >= MIN_CHARACTERS && !all.contains(decoded))
          .ifPresent(all::add);
    }
    return all;
  }

  /** The parts of a text that tell a secret. */
  private static final class Found {
    private final String original;
    private final BitSet secret = new BitSet();

    Found(String original) {
      this.original = original;
    }

    void addAll(DecodedText view, List<String> secrets) {
      DecodedText lowerCase = view.lowerCase();
      Optional<DecodedText> unwrapped = lowerCase.unwrapped();
      for (String one : secrets) {
        SecretForms forms = SecretForms.of(one);
        forms.plain().forEach(form -> addPlain(lowerCase, form));
        forms.encoded().forEach(form -> addEncoded(lowerCase, form));
        unwrapped.ifPresent(joined -> forms.encoded().forEach(form -> addEncoded(joined, form)));
      }
    }

    private void addPlain(DecodedText view, String form) {
      String text = view.text();
      int length = form.length();
      for (int at = text.indexOf(form); at >= 0; at = text.indexOf(form, at + length)) {
        add(view, at, at + length);
      }
    }

    /** The characters around it may hold a part of it too, so all of the base64 is taken. */
    private void addEncoded(DecodedText view, String form) {
      String text = view.text();
      for (int at = text.indexOf(form); at >= 0; ) {
        int from = at;
        while (from > 0 && isBase64(text.charAt(from - 1))) {
          from--;
        }
        int to = at + form.length();
        while (to < text.length() && isBase64(text.charAt(to))) {
          to++;
        }
        while (to < text.length() && text.charAt(to) == '=') {
          to++;
        }
        add(view, from, to);
        at = text.indexOf(form, to);
      }
    }

    private static boolean isBase64(char c) {
      return (c >= 'a' && c <= 'z')
          || (c >= 'A' && c <= 'Z')
          || (c >= '0' && c <= '9')
          || "+/-_".indexOf(c) >= 0;
    }

    private void add(DecodedText view, int from, int to) {
      secret.set(view.start(from), view.end(to - 1));
    }

    String redacted() {
      if (secret.isEmpty()) {
        return original;
      }
      StringBuilder redacted = new StringBuilder();
      int done = 0;
      for (int from = secret.nextSetBit(0); from >= 0; from = secret.nextSetBit(done)) {
        redacted.append(original, done, from).append(REDACTED);
        done = secret.nextClearBit(from);
      }
      return redacted.append(original.substring(done)).toString();
    }
  }
}
