import { configuredConformance } from '../runners/jest';

configuredConformance(['ordering']);
