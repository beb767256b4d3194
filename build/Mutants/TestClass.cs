namespace GridWorld.Build;

/// <summary>A class of tests, with what it did without a mutant.</summary>
/// <param name="Name">The name of the class.</param>
/// <param name="Room">The room whose folder it is in.</param>
/// <param name="Time">How long a process with its tests takes.</param>
/// <param name="Reached">The numbers of the mutants whose places the process reached.</param>
public sealed record TestClass(string Name, string Room, TimeSpan Time, IReadOnlySet<int> Reached)
{
    /// <summary>The time after which it counts as endless.</summary>
    public TimeSpan Limit => 4 * Time + TimeSpan.FromSeconds(15);
}
