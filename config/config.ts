export type { ConfigFile, PemSource, TokenSource } from '../schemas/generated/config';
