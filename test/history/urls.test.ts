import { queryValuesMasked, shownUrl } from '../../history/urls';

test.each([
  ['https://bot.test/hook', 'https://bot.test/hook'],
  ['https://me:pass@bot.test/', 'https://[redacted]@bot.test/'],
  ['HTTPS://me:p@ss@bot.test/', 'HTTPS://[redacted]@bot.test/'],
  ['wss+x.1-2://me@bot.test/', 'wss+x.1-2://[redacted]@bot.test/'],
  ['w://me@bot.test/', 'w://[redacted]@bot.test/'],
  ['https://bot.test/me@home', 'https://bot.test/me@home'],
  ['/a/https://me@bot.test', '/a/https://me@bot.test'],
  ['https://bot.test/?code=a=b&flag&v=1\n2#x?y=z', 'https://bot.test/?code=[redacted]&[redacted]&v=[redacted]#x?y=z'],
  ['https://bot.test/?', 'https://bot.test/?'],
  ['https://bot.test/?#x', 'https://bot.test/?#x'],
  ['https://bot.test/#x?y=z', 'https://bot.test/#x?y=z'],
  ['not a URL?with=a key', 'not a URL?with=[redacted]'],
  ['/a?b\nc#d\ne', '/a?[redacted]#d\ne'],
])('%j is shown as %j', (url, shown) => {
  expect(shownUrl(url)).toBe(shown);
});

test('query values of a configured URL are masked wherever a URL has that parameter', () => {
  const masked = queryValuesMasked(['https://bot.test/hook?code=a.b(c&flag&empty=', 'https://bot.test/', 'x?code=2']);
  expect(masked('/?code=a.b(c and /x?y&code=a.b(c#z and /?v=1&amp;code=2')).toBe(
    '/?code=[redacted] and /x?y&code=[redacted]#z and /?v=1&amp;code=[redacted]',
  );
  for (const other of ['/?code=axb(c', '/?code=a.b(cd', 'code=2', '/?xcode=2', '/?flag=', '/?flag&code=', '/?c=2']) {
    expect(masked(other)).toBe(other);
  }
});
