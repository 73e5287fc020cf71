import service from '../jest-project/service.js';

export const tokens = { valid: 'bot-that-may-invite', withoutPermission: 'bot-that-may-not', delegated: 'somebody' };

/** The service without HTTP: each application in this folder serves it with a web framework. */
export const calls = service.createCalls({
  [tokens.valid]: 'invite',
  [tokens.withoutPermission]: 'read',
  [tokens.delegated]: 'read',
});

export const { refusal } = service;
