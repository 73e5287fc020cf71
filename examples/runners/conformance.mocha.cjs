const { conformance } = require('invite-conformance/mocha');

conformance(require('./options.cjs'));
