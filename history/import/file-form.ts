import { UsageError } from '../../common/errors';

/** Unreadable formats, recognized by their first bytes, with advice for each. */
const FORMS: readonly [readonly number[], string][] = [
  [[0x50, 0x4b, 0x03, 0x04], 'a zip archive: unpack it, and name the file in it'],
  [[0x1f, 0x8b], 'compressed by gzip: unpack it first (gunzip)'],
  [[0x78, 0x01], 'compressed by zlib: save it without compression'],
  [[0x78, 0x9c], 'compressed by zlib: save it without compression'],
  [[0x78, 0xda], 'compressed by zlib: save it without compression'],
  [[0xff, 0xfe], 'UTF-16: save it as UTF-8'],
  [[0xfe, 0xff], 'UTF-16: save it as UTF-8'],
];

/**
 * Refuses a compressed file, or one in another encoding.
 * @param beginning its first chunk
 * @throws UsageError with advice
 */
export function refuseUnlessPlain(beginning: Buffer, what: string, file: string): void {
  const form = FORMS.find(([bytes]) => bytes.every((byte, i) => beginning[i] === byte));
  if (form) throw new UsageError(`${what} ${file} is ${form[1]}`);
}

/** Parses one entry of a file. @throws UsageError with its place if it is damaged */
export function parsedEntry(written: string, file: string, what: string, number: number): unknown {
  try {
    return JSON.parse(written);
  } catch {
    throw new UsageError(`${what} ${file}, entry ${number}: not JSON; the file is damaged there`);
  }
}
