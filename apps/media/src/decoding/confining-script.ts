/**
 * Perl is in every Debian image and makes system calls, which Node cannot. The script gives up rights for good and becomes the
 * program behind `--`: bounds of the kernel, no new privileges, Landlock where the kernel has it, a seccomp filter always.
 */
export const CONFINING_SCRIPT = `
use strict;
my ($prctl, $prlimit, $filter, $megabytes, $niceness) = splice @ARGV, 0, 5;
my %rights = (read => 0xC, run => 0xD, work => 0x412E);
sub must { my ($what, $result) = @_; return $result if $result >= 0; print STDERR "$what: $!\\n"; exit 78 }

setpriority(0, 0, $niceness);
# Bounds: no core dump, memory, the size of a file, open files.
for ([4, 0], [2, $megabytes << 20], [1, 512 << 20], [7, 256]) {
  my ($kind, $most) = @$_;
  must('prlimit', syscall($prlimit + 0, 0, $kind, pack('QQ', $most, $most), 0));
}
must('no new privileges', syscall($prctl + 0, 38, 1, 0, 0, 0));

# https://docs.kernel.org/userspace-api/landlock.html
my $version = syscall(444, 0, 0, 1);
my $handled = (1 << ($version < 2 ? 13 : $version < 3 ? 14 : $version < 5 ? 15 : 16)) - 1;
my $size = $version < 4 ? 8 : $version < 6 ? 16 : 24;
my $rules = $version > 0 ? must('landlock', syscall(444, substr(pack('QQQ', $handled, 3, 3), 0, $size), $size, 0)) : -1;
while (defined(my $rule = shift)) {
  last if $rule eq '--';
  my ($kind, $path) = split /=/, $rule, 2;
  next if $rules < 0 || !sysopen(my $file, $path eq 'itself' ? "/proc/$$" : $path, 010000000);
  my $allowed = $rights{$kind} & $handled & (-d $path || $path eq 'itself' ? ~0 : 0x4007);
  must($path, syscall(445, $rules, 1, pack('Ql', $allowed, fileno $file), 0));
}
must('landlock', syscall(446, $rules, 0)) if $rules >= 0;

my $program = pack('H*', $filter);
must('seccomp', syscall($prctl + 0, 22, 2, pack('S x6 P', length($program) / 8, $program)));
exec { $ARGV[0] } @ARGV or must('exec', -1);
`
