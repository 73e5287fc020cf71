import { configuredConformance } from '../jest';

configuredConformance(['request']);
