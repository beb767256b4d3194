namespace GridWorld;

/// <summary>Collects every error of an input, then throws once.</summary>
internal sealed class Faults
{
    const int Limit = 20;
    readonly List<string> errors = [];
    int omitted;

    /// <summary>Whether further errors are only counted. The reader of a long list can stop then.</summary>
    public bool IsFull => errors.Count == Limit;

    public bool Any => errors.Count > 0;

    /// <summary>
    /// Records <paramref name="error"/> unless <paramref name="holds"/>. Write the condition as what must be true, so that NaN fails it.
    /// </summary>
    public Faults Require(bool holds, string error) => holds ? this : Add(error);

    public Faults Add(string error)
    {
        if (errors.Count < Limit)
            errors.Add(error);
        else
            omitted++;
        return this;
    }

    /// <summary>Runs <paramref name="input"/> and adds the errors of the <see cref="InputException"/> it throws, if any.</summary>
    public Faults Collect(Action input)
    {
        try
        {
            input();
        }
        catch (InputException e)
        {
            foreach (var error in e.Errors)
                Add(error);
        }

        return this;
    }

    public void ThrowIfAny()
    {
        if (errors.Count == 0)
            return;
        throw new InputException(omitted == 0 ? errors : [.. errors, $"… and {omitted} more."]);
    }
}
