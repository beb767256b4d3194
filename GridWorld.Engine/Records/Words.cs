using System.Text.Json;

namespace GridWorld;

/// <summary>The kinds of events as files, HTTP and logs name them: in snake_case.</summary>
internal static class Words
{
    static readonly RunEventKind[] kinds = Enum.GetValues<RunEventKind>();
    static readonly string[] words = Array.ConvertAll(kinds, Of<RunEventKind>);

    public static string Of(RunEventKind kind) => words[(int)kind];

    public static RunEventKind Kind(string word) => (RunEventKind)Math.Max(0, Array.IndexOf(words, word));

    public static string Of<T>(T value) where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
