// The order of test files without known durations, as in CI: those that run the command, npm, a browser or whole runs
// come first, so that none of them runs alone at the end.
const { default: Sequencer } = module.require('@jest/test-sequencer');

const SLOW = [
  /pipelines\/(package|recipes)/,
  /runners\/(exports|runner)/,
  /suites\/prepared/,
  /cli\/(contracts|pacts|run)\./,
  /html\.browser/,
  /hostile\//,
  /suites\/(tokens|example|state|jest-and-command)/,
  /pipelines\//,
  /cli\//,
  /suites\//,
  /runners\//,
  /(contracts|recorded|verdicts|page)\/(golden|through|mutilated|limits|kinds|oddities|recorded|faults)/,
  /mock\/(variants|faults|pairs)/,
];

/** The position of a file among the slow ones; after them for any other. */
function placeOf({ path }) {
  const place = SLOW.findIndex((pattern) => pattern.test(path.replaceAll('\\', '/')));
  return place === -1 ? SLOW.length : place;
}

module.exports = class SlowestFirst extends Sequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    // Jest's own order is better if it knows durations; without them it sorts by size.
    if (tests.every(({ duration }) => duration !== undefined)) return sorted;
    return sorted.toSorted((a, b) => placeOf(a) - placeOf(b));
  }
};
