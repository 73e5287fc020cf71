const { testsOf } = require('./jest-in-mocha.cjs');

testsOf(['behaviors', 'history', 'verdicts']);
