import { createServer } from 'node:http';
import service from '../jest-project/service.js';
import { tokens } from './calls.mjs';

const { valid, withoutPermission, delegated } = tokens;
const listener = service.createService({ [valid]: 'invite', [withoutPermission]: 'read', [delegated]: 'read' });

// Without a framework. The listener itself could also be the target.
export const target = createServer(listener);
