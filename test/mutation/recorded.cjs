const { testsOf } = require('./jest-in-mocha.cjs');

// Tests that start a server or a process are too slow for mutants.
testsOf(['recorded'], /\.property\.|another-tool|through-a-proxy/);
