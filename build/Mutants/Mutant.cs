using System.Security.Cryptography;
using System.Text;

namespace GridWorld.Build;

/// <summary>One mutation of a room, in the order of the sample that the seed selects.</summary>
public sealed record Mutant(int Number, string Room, string File, Mutation Mutation)
{
    /// <summary>The variable that selects a mutant of a process.</summary>
    public const string Variable = "GRIDWORLD_MUTANT";

    /// <summary>The variable that names a file with one byte per mutant. A process sets the bytes of the mutants that it reaches.</summary>
    public const string ReachedVariable = "GRIDWORLD_MUTANTS_REACHED";

    /// <summary>Where it is, and the original and the mutated text in one line.</summary>
    public string Text =>
        $"{File}:{Mutation.Original.GetLocation().GetLineSpan().StartLinePosition.Line + 1}  {OneLine($"{Mutation.Original}")}"
        + $"  →  {OneLine(Mutation.Mutated)}";

    /// <summary>A number that depends only on the seed, the file and the place in the file.</summary>
    public ulong Rank(ulong seed) => BitConverter.ToUInt64(
        SHA256.HashData(Encoding.UTF8.GetBytes($"{seed} {File} {Mutation.Original.Span} {Mutation.Mutated}")));

    static string OneLine(string code) => string.Join(' ', code.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
