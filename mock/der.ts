/** The forms of ASN.1's DER (X.690) that a certificate needs, each as its bytes. */

const TAGS = {
  boolean: 0x01,
  integer: 0x02,
  bits: 0x03,
  octets: 0x04,
  oid: 0x06,
  text: 0x0c,
  time: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const;

/** A tag, the length of the value, and the value. */
export function tagged(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const value = Buffer.concat(parts);
  const { length } = value;
  // A length below 128 is one byte; for a longer one, the first byte gives the number of the bytes that follow.
  const bytes = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...bytes]), value]);
}

export const sequence = (...parts: readonly Uint8Array[]): Buffer => tagged(TAGS.sequence, ...parts);
export const set = (...parts: readonly Uint8Array[]): Buffer => tagged(TAGS.set, ...parts);
export const octets = (...parts: readonly Uint8Array[]): Buffer => tagged(TAGS.octets, ...parts);
export const text = (value: string): Buffer => tagged(TAGS.text, Buffer.from(value));
export const yes = (): Buffer => tagged(TAGS.boolean, Buffer.from([0xff]));

/** An integer of 0 or more. @param bytes its bytes, the highest first */
export function integer(bytes: Uint8Array): Buffer {
  // Without a zero byte before it, the highest bit would make the number negative.
  const sign = (bytes[0] ?? 0) >= 0x80 ? [0] : [];
  return tagged(TAGS.integer, Buffer.from(sign), bytes);
}

/** A bit string. @param unused how many bits of the last byte do not count */
export function bits(bytes: Uint8Array, unused = 0): Buffer {
  return tagged(TAGS.bits, Buffer.from([unused]), bytes);
}

/** An object identifier. @param dotted such as `2.5.29.17` */
export function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const bytes = rest.flatMap((part) => {
    const groups = [part & 0x7f];
    for (let left = part >> 7; left > 0; left >>= 7) groups.unshift((left & 0x7f) | 0x80);
    return groups;
  });
  return tagged(TAGS.oid, Buffer.from([first * 40 + second, ...bytes]));
}

/** A time to the second, in UTC. */
export function time(at: Date): Buffer {
  return tagged(TAGS.time, Buffer.from(at.toISOString().replace(/[-:T]|\.\d+/g, '')));
}
