const { setFlagsFromString } = require('node:v8');

// Each test file loads its own copy of the code, of which little runs long enough to repay what V8 of Node 20 spends on
// optimising it. Later versions have Maglev, a compiler that costs less, and no such flag.
if (process.versions.node.startsWith('20.')) setFlagsFromString('--interrupt-budget=1000000');
