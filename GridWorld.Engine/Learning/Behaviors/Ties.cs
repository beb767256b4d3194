namespace GridWorld;

/// <summary>Tie-breaking as a constant of the compiled loop.</summary>
internal interface ITies
{
    static abstract bool Random { get; }
}

internal readonly struct RandomTies : ITies
{
    public static bool Random => true;
}

internal readonly struct FirstTies : ITies
{
    public static bool Random => false;
}
