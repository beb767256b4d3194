namespace GridWorld;

/// <summary>The learned value of an action in a state.</summary>
/// <param name="State">Number of the state.</param>
/// <param name="X">Column of the state, from 0 at the left.</param>
/// <param name="Y">Row of the state, from 0 at the top.</param>
/// <param name="Action">Number of the action.</param>
/// <param name="ActionName">Name of the action.</param>
/// <param name="Q">Value Q(State, Action).</param>
/// <param name="Visits">Number of times the action was taken in the state.</param>
/// <param name="IsGreedy">Whether no other action has a greater value.</param>
public readonly record struct ActionValue(int State, int X, int Y, int Action, string ActionName, double Q, long Visits, bool IsGreedy);
