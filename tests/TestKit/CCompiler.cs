using System.ComponentModel;
using System.Diagnostics;

namespace GridWorld.Tests;

/// <summary>The C compiler of this machine. Tests that need one are skipped without it.</summary>
internal static class CCompiler
{
    /// <summary>Compiles a source of this repository, and gives the path of the program.</summary>
    public static string Compile(string folder, string source, params string[] flags)
    {
        string program = Path.Combine(folder, Path.GetFileNameWithoutExtension(source));
        foreach (string compiler in new[] { "cc", "gcc", "clang" })
        {
            try
            {
                using var process = Process.Start(compiler, [.. flags, "-o", program, Path.Combine(Repository.Root, source)]);
                process.WaitForExit();
                Assert.Equal(0, process.ExitCode);
                return program;
            }
            catch (Win32Exception)
            {
                // Not on PATH: try the next.
            }
        }

        Assert.Skip("no C compiler on PATH (cc, gcc, clang)");
        return program;
    }
}
