import { FAULTS, VARIANTS } from '../../mock/catalog';
import { ahead } from '../support/ahead';
import { contradictions, isMeant, verdictOn } from './compare';
import { harOf } from './gateway';
import { unexplained } from './not-shown';
import { judgedFrom } from './judged-from';
import { recordedRun } from './run';

/**
 * Runs through a recording proxy: a few, or with RECORDED_ROWS some rows of the kill matrix: every n-th (`/12`), from
 * another one on (`/12+5`), or those whose id matches a pattern.
 */
const ROWS = process.env['RECORDED_ROWS'];
const SOME = ['completion.participants/last-missing'];
/** Rows that are recorded at the same time, because a row mostly waits. */
const AT_ONCE = 3;

interface Row {
  id: string;
  options: Parameters<typeof recordedRun>[0];
}

const ALL: Row[] = [
  ...FAULTS.map(({ id }) => ({ id, options: { faults: [id] } })),
  ...VARIANTS.map(({ id }) => ({ id, options: { variants: [id] } })),
];
const [stepped, step = '1', from = '0'] = /^\/(\d+)(?:\+(\d+))?$/.exec(ROWS ?? '') ?? [];
const rows = ALL.filter(({ id }, i) => {
  if (ROWS === undefined) return SOME.includes(id);
  return stepped === undefined ? new RegExp(ROWS).test(id) : i % Number(step) === Number(from);
});
/** Only a process that does nothing else finds a wrong order of 15 or 30 ms: these come last, one at a time. */
const needsQuiet = ({ id }: Row): boolean => /^ordering\..*-(15|30)-ms-(not-)?waiting$/.test(id);
const [together, alone] = [rows.filter((row) => !needsQuiet(row)), rows.filter(needsQuiet)];

/** What differs between the verdicts on a row by its run and by its recording, and the latter on its own behaviour. */
async function compared({ id, options }: Row): Promise<{ differing: string[]; hidden: string[]; verdict: string }> {
  const { live, entries, timeoutMs } = await recordedRun(options);
  const { result } = judgedFrom([{ kind: 'har', text: JSON.stringify(harOf(entries)) }], timeoutMs);
  const own = id.split('/')[0] ?? '';
  const verdict = verdictOn(result, own);
  const wasFound = live.behaviors.some((one) => one.id === own && one.verdict === 'failed');
  const isKnown = result.behaviors.some((one) => one.id === own && one.verdict === 'passed' && isMeant(id, one));
  const hidden = wasFound && !isKnown ? unexplained(own, verdict) : [];
  return { differing: contradictions(live, result, id), hidden, verdict };
}

const begun = ahead(together, compared, AT_ONCE);

/** How many rows may be recorded a second time, as in the kill matrix: on a busy machine, a run may miss a response. */
let mostAgain = 2;

/** As `compared`; if something is wrong, of a second recording. */
async function comparedTwice(row: Row): ReturnType<typeof compared> {
  const found = await (needsQuiet(row) ? compared(row) : begun(row));
  if (found.differing.length + found.hidden.length === 0 || mostAgain === 0) return found;
  mostAgain -= 1;
  return compared(row);
}

test.each([...together, ...alone])(
  '$id has the verdicts of the live run when it is judged from the recording',
  async (row) => {
    const { differing, hidden, verdict } = await comparedTwice(row);
    expect(differing).toEqual([]);
    expect(hidden).toEqual([]);
    // A recording does not show every fault, but it shows these.
    expect([verdict, SOME.includes(row.id) && verdict !== 'failed']).toEqual([verdict, false]);
  },
);
