import { FAULTS, VARIANTS } from '../../mock/catalog';
import { contradictions, isMeant, verdictOn } from './compare';
import { harOf } from './gateway';
import { unexplained } from './not-shown';
import { judgedFrom } from './judged-from';
import { recordedRun } from './run';

/** Runs through a recording proxy: a few, or with RECORDED_ROWS every n-th row of the kill matrix (`/12`). */
const ROWS = process.env['RECORDED_ROWS'];
const SOME = ['completion.participants/last-missing'];

const ALL = [
  ...FAULTS.map(({ id }) => ({ id, options: { faults: [id] } })),
  ...VARIANTS.map(({ id }) => ({ id, options: { variants: [id] } })),
];
const [, step = '1', from = '0'] = /^\/(\d+)(?:\+(\d+))?$/.exec(ROWS ?? '') ?? [];
const rows = ALL.filter(({ id }, i) => (ROWS === undefined ? SOME.includes(id) : i % Number(step) === Number(from)));

test.each(rows)(
  '$id has the verdicts of the live run when it is judged from the recording',
  async ({ id, options }) => {
    const { live, entries, timeoutMs } = await recordedRun(options);
    const { result } = judgedFrom([{ kind: 'har', text: JSON.stringify(harOf(entries)) }], timeoutMs);
    expect(contradictions(live, result, id)).toEqual([]);
    const own = id.split('/')[0] ?? '';
    const verdict = verdictOn(result, own);
    const wasFound = live.behaviors.some((one) => one.id === own && one.verdict === 'failed');
    const isKnown = result.behaviors.some((one) => one.id === own && one.verdict === 'passed' && isMeant(id, one));
    expect(wasFound && !isKnown ? unexplained(own, verdict) : []).toEqual([]);
    // A recording does not show every fault, but it shows these.
    expect([verdict, SOME.includes(id) && verdict !== 'failed']).toEqual([verdict, false]);
  },
);
