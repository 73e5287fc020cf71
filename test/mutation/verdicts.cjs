const { testsOf } = require('./jest-in-mocha.cjs');

testsOf(['verdicts']);
