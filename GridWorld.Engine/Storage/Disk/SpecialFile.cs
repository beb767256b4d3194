using System.Runtime.InteropServices;
using System.Text;

namespace GridWorld;

/// <summary>Distinguishes devices and pipes, which are written in place, from regular files, which are replaced.</summary>
internal static unsafe partial class SpecialFile
{
    const int WorkingDirectory = -100, Type = 1, TypeBits = 0xF000, Regular = 0x8000, ModeOffset = 28;

    public static bool Is(string path)
    {
        if (!OperatingSystem.IsLinux())
            return path.StartsWith("/dev/", StringComparison.Ordinal);
        // statx has the same layout on every processor.
        Span<byte> found = stackalloc byte[256];
        fixed (byte* name = Encoding.UTF8.GetBytes(path + '\0'), into = found)
            return Status(WorkingDirectory, name, 0, Type, into) == 0
                && (MemoryMarshal.Read<ushort>(found[ModeOffset..]) & TypeBits) != Regular;
    }

    [LibraryImport("libc", EntryPoint = "statx")]
    private static partial int Status(int folder, byte* path, int flags, uint mask, byte* into);
}
