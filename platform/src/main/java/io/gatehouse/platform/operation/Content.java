package io.gatehouse.platform.operation;

import java.io.IOException;

/** An output that is not JSON; an operation declares it in place of a record. */
public sealed interface Content {
  /** As in {@code Content-Type}. */
  String mediaType();

  /** Content that is there as a whole. */
  final class Bytes implements Content {
    private final String mediaType;
    private final byte[] bytes;

    /** Takes the bytes as they are; they must not be changed any more. */
    public Bytes(String mediaType, byte[] bytes) {
      this.mediaType = mediaType;
      this.bytes = bytes;
    }

    @Override
    public String mediaType() {
      return mediaType;
    }

    public byte[] bytes() {
      return bytes;
    }
  }

  /** Content that comes in chunks, over any length of time, such as server-sent events. */
  record Stream(String mediaType, Source source) implements Content {}

  /** Produces a stream. */
  @FunctionalInterface
  interface Source {
    /**
     * Writes all of it; the response ends when this returns. The headers go out with the first
     * chunk, so a source that has nothing to say yet should begin with a comment.
     *
     * @throws IOException when the client is gone, or reads too slowly
     */
    void writeTo(Sink sink) throws IOException;
  }

  /** Takes the chunks of a stream. */
  @FunctionalInterface
  interface Sink {
    /** Sends a chunk at once. */
    void write(byte[] chunk) throws IOException;
  }
}
