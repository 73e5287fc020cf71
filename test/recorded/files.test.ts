import { UsageError } from '../../common/errors';
import { entry, gathered, harText } from './small-recording';

/** Files that are read, and files that are refused with advice. */

const other = (): object => entry({ url: 'https://other.example/' });

describe('a file', () => {
  const message = (text: string | Buffer, kind: 'har' | 'ngrok' = 'har'): string => {
    let told = '';
    expect(() => gathered([text], () => undefined, kind)).toThrow(UsageError);
    try {
      gathered([text], () => undefined, kind);
    } catch (error) {
      told = error instanceof Error ? error.message.replace(/\S*small-recording-\S*?\.har/, 'FILE') : '';
    }
    return told;
  };

  test.each<[string, number[], string]>([
    ['zip', [0x50, 0x4b, 0x03, 0x04], 'a zip archive: unpack it, and name the file in it'],
    ['gzip', [0x1f, 0x8b], 'compressed by gzip: unpack it first (gunzip)'],
    ['zlib, fast', [0x78, 0x01], 'compressed by zlib: save it without compression'],
    ['zlib', [0x78, 0x9c], 'compressed by zlib: save it without compression'],
    ['zlib, best', [0x78, 0xda], 'compressed by zlib: save it without compression'],
    ['UTF-16, little end first', [0xff, 0xfe], 'UTF-16: save it as UTF-8'],
    ['UTF-16', [0xfe, 0xff], 'UTF-16: save it as UTF-8'],
    ['UTF-16 without a mark, little end first', [0x7b, 0x00], 'UTF-16: save it as UTF-8'],
    ['UTF-16 without a mark', [0x00], 'UTF-16: save it as UTF-8'],
    ['zstd', [0x28, 0xb5, 0x2f, 0xfd], 'compressed by zstd: unpack it first (unzstd)'],
  ])('in %s is refused', (_, bytes, advice) => {
    expect(message(Buffer.from([...bytes, 0x7b]))).toBe(`the HAR file FILE is ${advice}`);
  });

  test('that begins in part like one of these is another kind', () => {
    expect(message('PK')).toContain('is another kind of file');
    expect(message(Buffer.from([0]))).toContain('is another kind of file');
  });

  test('of another kind is refused', () => {
    expect(message('{"requests":[]}')).toBe(
      'the HAR file FILE has no log.entries: it is another kind of file, or cut off; export it as HAR 1.2',
    );
    expect(message('{"log":{}}', 'ngrok')).toBe(
      "the file of ngrok's requests FILE has no requests: it is another kind of file, or cut off",
    );
  });

  test('without any request is refused', () => {
    const advice = 'FILE has no entry with a request that can be read: it is another kind of file';
    expect(message('{"requests":[{"uri":"/"},{}]}', 'ngrok')).toBe(`the file of ngrok's requests ${advice}`);
    expect(gathered(['{"log":{"entries":[]}}'], ({ sources }) => sources[0]?.entries)).toBe(0);
  });

  test('that is damaged is refused with the place', () => {
    expect(message('{"log":{"entries":[{"a":1},{"a":}]}}')).toBe(
      'the HAR file FILE, entry 2: not JSON; the file is damaged there',
    );
  });

  test('that is cut off is read as far as it goes', () => {
    const text = harText([other(), other()]);
    const cutOff = (length: number) => gathered([text.slice(0, length)], ({ sources }) => sources[0]);
    expect(cutOff(text.length)).not.toHaveProperty('cutOff');
    expect(cutOff(text.length - 4)).toMatchObject({ cutOff: true, entries: 1 });
  });

  test.each([
    ['mitmproxy 11', 'mitmproxy'],
    ['Firefox', 'firefox'],
    ['DevProxy', 'devProxy'],
    ['Dev Proxy', 'devProxy'],
    ['Progress Fiddler', 'fiddler'],
    ['Playwright', 'playwright'],
    ['Insomnia REST', 'insomnia'],
    ['not mitmproxy', undefined],
    ['not Dev Proxy', undefined],
    ['not Firefox', undefined],
    ['not Playwright', undefined],
    ['not Insomnia', undefined],
  ])('of %s', (name, tool) => {
    const text = harText([], { creator: { version: '1', name } });
    expect(gathered([text], ({ sources }) => sources[0]?.tool)).toBe(tool);
    expect(gathered([`{"requests":[],${text.slice(1)}`], ({ sources }) => sources[0]?.tool, 'ngrok')).toBeUndefined();
  });
});
