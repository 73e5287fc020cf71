const { testsOf } = require('./jest-in-mocha.cjs');

// The folder's own tests first, because they are the fastest, and kill most mutants.
testsOf(['history', 'behaviors']);
