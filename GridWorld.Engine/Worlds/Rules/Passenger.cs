namespace GridWorld;

/// <summary>
/// A passenger who waits at one stop and wants to go to another, each drawn with equal probability for every episode. The action
/// <c>pickup</c> takes the passenger in at its stop, <c>dropoff</c> lets it get off at any stop. The episode ends at its destination.
/// </summary>
/// <param name="Stops">The characters of the stops, at least two. Each occurs once in the map.</param>
/// <param name="Reward">The reward of arriving at the destination. Finite. Default 20 (Gymnasium's Taxi).</param>
/// <param name="Illegal">The reward of any other pickup or dropoff that does nothing. Finite. Default −10 (Gymnasium's Taxi).</param>
public sealed record Passenger(string Stops, double Reward = 20, double Illegal = -10)
{
    /// <summary>The characters of the stops, at least two. Each occurs once in the map.</summary>
    public string Stops { get; init => field = Guard.NotNull(value); } = Guard.NotNull(Stops);
}
