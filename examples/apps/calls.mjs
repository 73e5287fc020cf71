import service from '../jest-project/service.js';

export const tokens = { valid: 'bot-that-may-invite', withoutPermission: 'bot-that-may-not', delegated: 'somebody' };

/** What the service does, without HTTP: each of the applications beside this file serves it by a web framework. */
export const calls = service.createCalls({
  [tokens.valid]: 'invite',
  [tokens.withoutPermission]: 'read',
  [tokens.delegated]: 'read',
});

export const { refusal } = service;
