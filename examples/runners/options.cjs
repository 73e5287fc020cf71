const { createService } = require('../jest-project/service');

const tokens = { valid: 'bot-that-may-invite', withoutPermission: 'bot-that-may-not', delegated: 'somebody' };

/** What the suite needs to know of the service: the same in every runner. */
module.exports = {
  target: createService({ [tokens.valid]: 'invite', [tokens.withoutPermission]: 'read', [tokens.delegated]: 'read' }),
  provisioning: { states: '/states' },
  tokens,
  // The service dials no phones and replaces no calls: what needs that does not apply.
  capabilities: { pstn: false, replace: false },
};
