const { testsOf } = require('./jest-in-mocha.cjs');

// Those that start a server or a process are no tests of what judges.
testsOf(['recorded'], /\.property\.|another-tool|through-a-proxy/);
