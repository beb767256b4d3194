namespace GridWorld;

/// <summary>
/// Caches answers from a run file until the file changes, so that a live view that stays open on a run that has ended costs almost nothing.
/// </summary>
internal sealed class IdleAnswers(string path)
{
    readonly Lock gate = new();
    readonly Dictionary<string, object?> answers = [];
    FileStamp? asOf;

    /// <summary>The answer to a question, from the file or from the cache.</summary>
    /// <param name="question">The name of the question.</param>
    /// <param name="read">Reads the answer.</param>
    /// <param name="lasts">Whether an answer is valid until the file changes. Default: always.</param>
    public T Of<T>(string question, Func<T> read, Predicate<T>? lasts = null)
    {
        var now = SafeStamp();
        lock (gate)
        {
            if (now != asOf)
                answers.Clear();
            asOf = now;
            if (answers.TryGetValue(question, out object? known))
                return (T)known!;
        }

        var answer = read();
        lock (gate)
        {
            if (now is not null && now == asOf && lasts?.Invoke(answer) != false)
                answers[question] = answer;
        }

        return answer;
    }

    // A file that disappears meanwhile has no stamp; reading it reports the error.
    FileStamp? SafeStamp()
    {
        try
        {
            return FileStamp.Of(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
