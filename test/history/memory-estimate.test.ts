import { gzipSync } from 'node:zlib';
import { bodyOf, headerPairs } from '../../history/body';
import { BodyBuffer } from '../../history/body-buffer';
import type { Headers } from '../../history/events';
import { bodyMemory, headersMemory, textMemory } from '../../history/memory-estimate';

const weigh = (text: string): number => bodyMemory(bodyOf(Buffer.from(text)), []);

test('a character beyond Latin-1 doubles the size of a text', () => {
  expect(textMemory('x'.repeat(100))).toBe(100);
  expect(textMemory(`${'x'.repeat(99)}\u4e2d`)).toBe(200);
});

test('the size of JSON is that of its text, its strings and its values', () => {
  const plain = 'x'.repeat(1000);
  expect(weigh(plain)).toBe(1000);
  expect(weigh(`"${plain}"`)).toBe(2004);
  expect(weigh(`[${'{},'.repeat(1000)}{}]`)).toBeGreaterThan(64 * 2000);
});

test('JSON with too many values is not parsed, and counts as its text only', () => {
  const text = '['.repeat(60_000);
  expect(weigh(text)).toBe(text.length);
});

test('an encoded body counts with its decoded content', () => {
  const body = bodyOf(gzipSync(Buffer.alloc(500_000, 'x')));
  expect(bodyMemory(body, [['content-encoding', 'gzip']])).toBeGreaterThan(500_000);
  expect(bodyMemory(body, [])).toBeLessThan(2000);
});

test('a body that cannot be decoded, is no text or is cut off counts as it is, and other text twice if it is encoded', () => {
  const gzip: Headers = [['content-encoding', 'gzip']];
  const bytes = Buffer.from('\u00ff[1,2]', 'latin1');
  expect(bodyMemory(bodyOf(Buffer.from('[1,2]')), gzip)).toBe(5);
  expect(bodyMemory(bodyOf(bytes), [])).toBe(8);
  expect(bodyMemory(bodyOf(Buffer.from('[1,2]'), 9), [])).toBe(5);
  const encoded = (content: Buffer): number =>
    bodyMemory(bodyOf(gzipSync(content)), gzip) - gzipSync(content).toString('base64').length;
  expect([encoded(bytes), encoded(Buffer.from('no [1,2]')), encoded(Buffer.from(' \n{"a":1}'))]).toEqual([
    0,
    8,
    9 + 2 * 64,
  ]);
});

test('many headers count more than their characters', () => {
  const headers = headerPairs(Array.from({ length: 240 }, (_, i) => (i % 2 === 0 ? `x${i}` : 'y')));
  expect(headersMemory(headers)).toBeGreaterThan(100 * 100);
  expect(headersMemory(Array.from({ length: 22 }, () => ['name', 'value\u4e2d']))).toBe(22 * (4 + 12) + 2 * 100);
  expect(headersMemory([['name', 'value']])).toBe(9);
});

test('of 2,000 headers 200 are kept, including those that are judged, and the rest is counted', () => {
  const raw = Array.from({ length: 1999 }, (_, i) => [`X${i}`, 'y']).flat();
  const kept = headerPairs([...raw, 'Location', '/there']);
  expect(kept).toHaveLength(201);
  expect(kept).toContainEqual(['location', '/there']);
  expect(kept.at(-1)).toEqual(['…', '1800 more headers']);
});

test('one-byte chunks are gathered into one buffer no larger than needed', () => {
  const gathered = new BodyBuffer(3000);
  let grown = 0;
  for (let i = 0; i < 3000; i += 1) grown += gathered.add(Buffer.from([i % 256]));
  expect(gathered.toBuffer()).toEqual(Buffer.from(Array.from({ length: 3000 }, (_, i) => i % 256)));
  expect([grown, gathered.capacity]).toEqual([3000, 3000]);
  gathered.clear();
  expect([gathered.toBuffer().length, gathered.capacity]).toEqual([0, 0]);
});

test('a buffer is enlarged only if it is full: to 1024 bytes, then to twice its size', () => {
  const gathered = new BodyBuffer(3000);
  const capacityAt = [1, 1, 1022, 1, 1023, 1].map((size) => {
    gathered.add(Buffer.alloc(size));
    return gathered.capacity;
  });
  expect(capacityAt).toEqual([1024, 1024, 1024, 2048, 2048, 3000]);
});
