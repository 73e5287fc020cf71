import { configuredConformance } from '../cli/jest';

configuredConformance(['ordering']);
