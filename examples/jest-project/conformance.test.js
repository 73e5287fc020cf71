const { conformance } = require('invite-conformance/jest');
const { createService } = require('./service');

const tokens = { valid: 'bot-that-may-invite', withoutPermission: 'bot-that-may-not', delegated: 'somebody' };

conformance({
  target: createService({ [tokens.valid]: 'invite', [tokens.withoutPermission]: 'read', [tokens.delegated]: 'read' }),
  provisioning: { states: '/states' },
  tokens,
  // The service cannot dial phones or replace calls: these behaviours do not apply.
  capabilities: { pstn: false, replace: false },
  gate: 'linked',
});
