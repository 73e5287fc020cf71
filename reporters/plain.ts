export { printable as plain } from '../common/printable';
