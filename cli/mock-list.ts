import { UsageError } from '../common/errors';
import { didYouMean } from '../common/nearest-name';
import type { MockCatalog } from '../mock';

interface Listed {
  id: string;
  area: string;
  sentence: string;
}

/** What the faults or variants of an area change. */
const ABOUT: Readonly<Record<string, string>> = {
  request: 'which invitations are accepted and refused',
  authorization: 'which tokens the mock accepts',
  refusal: 'how an invitation is refused, and that a refusal has no effect',
  response: 'the response to an accepted invitation',
  notification: 'every notification',
  completion: 'the notification that an operation completed',
  roster: 'the roster: the notification that lists who is in the call',
  multiple: 'invitations of several participants',
  replace: 'invitations that replace a peer-to-peer call',
  pstn: 'invitations of phones',
  ordering: 'the order of response and notifications',
  failure: 'the notification that an operation failed',
  answers: 'headers and timing of responses',
  bodies: 'the JSON of responses and notifications',
  refusals: 'how an invitation is refused',
  notifications: 'how and when notifications are sent',
  rosters: 'what the roster shows, and how often',
};

const areasOf = (entries: readonly Listed[]): string[] => [...new Set(entries.map(({ area }) => area))];

function block(title: string, entries: readonly Listed[], width: number): string[] {
  return areasOf(entries).flatMap((area) => {
    const own = entries.filter((entry) => entry.area === area);
    return [
      '',
      `${title}: ${area} (${own.length}): ${ABOUT[area]}`,
      ...own.map(({ id, sentence }) => `  ${id.padEnd(width)}  ${sentence}`),
    ];
  });
}

/**
 * Lists the faults and variants as text, one per line, or as JSON.
 * @param area limits the list to these areas
 * @throws UsageError for an unknown area
 */
export function mockList(
  catalog: MockCatalog,
  { area, json = false }: { area?: readonly string[]; json?: boolean },
): string {
  const known = areasOf([...catalog.faults, ...catalog.variants]);
  for (const one of area ?? []) {
    if (known.includes(one)) continue;
    throw new UsageError(`--area: no ${JSON.stringify(one)}${didYouMean(one, known)} Known: ${known.join(', ')}`);
  }
  const within = <T extends Listed>(entries: readonly T[]): T[] =>
    entries.filter((entry) => area?.includes(entry.area) ?? true);
  const [faults, variants] = [within(catalog.faults), within(catalog.variants)];
  if (json) return `${JSON.stringify({ faults, variants }, null, 2)}\n`;
  const width = Math.max(...[...faults, ...variants].map(({ id }) => id.length));
  const lines = [
    `${faults.length} faults: --fault ID breaks a documented behaviour; the ID begins with the id of that behaviour.`,
    `${variants.length} variants: --variant ID changes the mock in a way that still conforms.`,
    'Both may be repeated. docs/mock.md shows how to inject them from code.',
    ...block('faults', faults, width),
    ...block('variants', variants, width),
  ];
  return `${lines.join('\n')}\n`;
}

/** Renders the faults and variants as a Markdown page. */
export function mockListPage({ faults, variants }: MockCatalog): string {
  const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
  const table = (entries: readonly Listed[]): string[] =>
    areasOf(entries).flatMap((area) => [
      '',
      `### ${area}`,
      '',
      `${ABOUT[area]?.replace(/^./, (letter) => letter.toUpperCase())}.`,
      '',
      '| id | what the mock does |',
      '| --- | --- |',
      ...entries.filter((entry) => entry.area === area).map(({ id, sentence }) => `| \`${id}\` | ${cell(sentence)} |`),
    ]);
  const lines = [
    '# Faults and variants of the mock',
    '',
    'Written by `npm run generate`; `invite-conformance mock --list` prints the same. [The mock](mock.md) explains how to use them.',
    '',
    '## Faults',
    '',
    `\`--fault ID\`: ${faults.length} ways to break a documented behaviour. The id begins with the id of that behaviour.`,
    ...table(faults),
    '',
    '## Variants',
    '',
    `\`--variant ID\`: ${variants.length} other ways to conform.`,
    ...table(variants),
  ];
  return `${lines.join('\n')}\n`;
}
