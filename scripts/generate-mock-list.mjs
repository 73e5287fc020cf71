// Writes docs/mock-list.md, the faults and variants of the mock. Needs a build.
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { mockListPage } = require('../dist/cli/mock-list.js');
const { mockCatalog } = require('../dist/mock/index.js');

writeFileSync(new URL('../docs/mock-list.md', import.meta.url), mockListPage(mockCatalog()));
