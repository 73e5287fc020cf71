const { testsOf } = require('./jest-in-mocha.cjs');

// Tests that start a server or a process, or read whole runs, are too slow for mutants.
testsOf(
  ['recorded', 'behaviors/recorded-judging.test.ts'],
  /\.property\.|another-tool|through-a-proxy|golden|har-dialects|long-recording|real-traffic|shown/,
);
