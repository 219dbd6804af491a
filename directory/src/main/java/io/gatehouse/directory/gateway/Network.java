package io.gatehouse.directory.gateway;

import java.net.InetAddress;
import java.util.Arrays;

/** A block of addresses in CIDR notation, such as {@code 10.0.0.0/8}. */
record Network(InetAddress address, int prefix) {

  /**
   * Reads one; an address alone is a block of one.
   *
   * @throws IllegalArgumentException when it is none
   */
  static Network parse(String text) {
    int slash = text.indexOf('/');
    try {
      InetAddress address = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
      int bits = address.getAddress().length * Byte.SIZE;
      int prefix = slash < 0 ? bits : Integer.parseInt(text.substring(slash + 1));
      if (prefix >= 0 && prefix <= bits) {
        return new Network(address, prefix);
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("has '" + text + "', which is no network", e);
    }
    throw new IllegalArgumentException("has '" + text + "', whose prefix is out of range");
  }

  boolean contains(InetAddress other) {
    byte[] mine = address.getAddress();
    byte[] theirs = other.getAddress();
    if (mine.length != theirs.length) {
      return false;
    }
    int whole = prefix / Byte.SIZE;
    int mask = 0xff00 >> (prefix % Byte.SIZE) & 0xff;
    return Arrays.equals(mine, 0, whole, theirs, 0, whole)
        && (mask == 0 || (mine[whole] & mask) == (theirs[whole] & mask));
  }
}
