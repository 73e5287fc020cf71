const { createService } = require('../jest-project/service');

const tokens = { valid: 'bot-that-may-invite', withoutPermission: 'bot-that-may-not', delegated: 'somebody' };

/** The options for the suite, the same in every runner. */
module.exports = {
  target: createService({ [tokens.valid]: 'invite', [tokens.withoutPermission]: 'read', [tokens.delegated]: 'read' }),
  provisioning: { states: '/states' },
  tokens,
  // The service cannot dial phones or replace calls: these behaviours do not apply.
  capabilities: { pstn: false, replace: false },
};
