import { UsageError } from '../../common/errors';

const UTF_16 = 'UTF-16: save it as UTF-8';

/** Unreadable formats, recognized by their first bytes, with advice for each. */
const FORMS: readonly [readonly number[], string][] = [
  [[0x50, 0x4b, 0x03, 0x04], 'a zip archive: unpack it, and name the file in it'],
  [[0x28, 0xb5, 0x2f, 0xfd], 'compressed by zstd: unpack it first (unzstd)'],
  [[0x1f, 0x8b], 'compressed by gzip: unpack it first (gunzip)'],
  [[0x78, 0x01], 'compressed by zlib: save it without compression'],
  [[0x78, 0x9c], 'compressed by zlib: save it without compression'],
  [[0x78, 0xda], 'compressed by zlib: save it without compression'],
  [[0xff, 0xfe], UTF_16],
  [[0xfe, 0xff], UTF_16],
];

/**
 * Refuses a compressed file, or one in another encoding.
 * @param beginning its first chunk
 * @throws UsageError with advice
 */
export function refuseUnlessPlain(beginning: Buffer, what: string, file: string): void {
  const [first, second] = beginning;
  // Without a mark: no text begins with a zero byte, or has one after its first character.
  const isUtf16 = second !== undefined && (first === 0) !== (second === 0);
  const form = FORMS.find(([bytes]) => bytes.every((byte, i) => beginning[i] === byte))?.[1];
  const found = form ?? (isUtf16 ? UTF_16 : undefined);
  if (found !== undefined) throw new UsageError(`${what} ${file} is ${found}`);
}

/** Parses one entry of a file. @throws UsageError with its place if it is damaged */
export function parsedEntry(written: string, file: string, what: string, number: number): unknown {
  try {
    return JSON.parse(written);
  } catch {
    throw new UsageError(`${what} ${file}, entry ${number}: not JSON; the file is damaged there`);
  }
}
