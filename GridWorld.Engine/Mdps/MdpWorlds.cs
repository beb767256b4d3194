using System.Collections.Immutable;
using System.Text;

namespace GridWorld;

/// <summary>Converts between worlds and the tables of MDPs.</summary>
public static class MdpWorlds
{
    /// <summary>
    /// Creates a world from the tables of an MDP. It trains, is stored, compared, solved and drawn like a grid, and
    /// <see cref="World.ToJson"/> returns its <c>.mdp.json</c> file.
    /// </summary>
    /// <param name="mdp">The tables, at most 100,000 states, 32 actions and 2²² outcomes, without sticky actions or changes.</param>
    /// <param name="name">A label for lists and messages.</param>
    /// <param name="labels">One label per state. Default none.</param>
    /// <param name="positions">The cell of each state in the picture. Several states can have the same. Default none.</param>
    /// <param name="actions">The names of the actions. Default action_0, action_1, ….</param>
    /// <exception cref="InputException">The MDP has too many states, or the labels, positions or names do not fit; lists all
    /// errors.</exception>
    public static World ToWorld(this Mdp mdp, string name = "", IReadOnlyList<string>? labels = null,
        IReadOnlyList<Cell>? positions = null, IReadOnlyList<string>? actions = null)
    {
        ArgumentNullException.ThrowIfNull(mdp);
        var table = Table(mdp) with { Labels = [.. labels ?? []], Positions = [.. positions ?? []], ActionNames = [.. actions ?? []] };
        var faults = new Faults().Require(table.Positions.All(p => p is { X: >= 0 and < TransitionTable.MaxPlaces,
            Y: >= 0 and < TransitionTable.MaxPlaces }), $"Positions must be between 0 and {TransitionTable.MaxPlaces - 1}.");
        TransitionCheck.Words(table, property => property, faults);
        faults.ThrowIfAny();
        return new(table, Guard.NotNull(name), mdp.StepLimit);
    }

    /// <summary>
    /// Returns a world as the text of an <c>.mdp.json</c> file: its transitions in the form of Gymnasium's <c>P</c>, the start states,
    /// and the names and cells of its states. A restart is a transition to the start states.
    /// </summary>
    /// <param name="world">The world, at most 100,000 states, 32 actions and 2²² outcomes, without sticky actions or changes.</param>
    /// <exception cref="InputException">The world cannot be written as an MDP; lists all errors.</exception>
    public static string ToMdpJson(this World world)
    {
        ArgumentNullException.ThrowIfNull(world);
        var table = world.Table ?? Table(world.Compile()) with
        {
            ActionNames = [.. world.ActionNames],
            Labels = world.Modes == 1 ? [] : [.. Enumerable.Range(0, world.States).Select(world.LabelOf)],
            Positions = [.. Enumerable.Range(0, world.States).Select(world.CellOf)],
        };
        return Encoding.UTF8.GetString(TransitionWriter.Write(table, world.Name, world.MaxSteps));
    }

    static TransitionTable Table(Mdp mdp)
    {
        long most = (long)mdp.States * mdp.Actions * mdp.OutcomesPerPair;
        new Faults().Require(mdp.States <= TransitionTable.MaxStates && mdp.Actions <= TransitionTable.MaxActions
            && most <= TransitionTable.MaxOutcomes, $"An MDP file has at most {TransitionTable.MaxStates} states, "
            + $"{TransitionTable.MaxActions} actions and {TransitionTable.MaxOutcomes} outcomes (got {mdp.States}, {mdp.Actions}, {most}).")
            .Require(mdp.Sticky == 0, "Sticky actions cannot be written as an MDP of these states: the last action would be part of the "
            + "state. Set \"sticky\" to 0.")
            .Require(mdp.Changes.Count == 0, "A world that changes during a run is not one MDP. Remove \"changes\".").ThrowIfAny();
        var (outcomes, ends) = (ImmutableArray.CreateBuilder<TableOutcome>(), ImmutableArray.CreateBuilder<int>());
        for (int s = 0; s < mdp.States; s++)
        {
            for (int a = 0; a < mdp.Actions; a++)
            {
                Add(outcomes, mdp, s, a);
                ends.Add(outcomes.Count);
            }
        }

        return new(mdp.States, mdp.Actions)
        {
            Outcomes = outcomes.ToImmutable(), Ends = ends.ToImmutable(), Starts = [.. mdp.Starts],
        };
    }

    // In draw order, and not merged: the same draw then leads to the same state.
    static void Add(ImmutableArray<TableOutcome>.Builder outcomes, Mdp mdp, int state, int action)
    {
        int code = mdp.Code(state, action);
        for (int k = 0; k < mdp.OutcomesPerPair; k++)
        {
            var (reward, delta, end) = mdp.Outcomes(code)[k];
            double p = mdp.Probabilities(code)[k];
            if (p == 0)
                continue;
            if (end != MoveEnd.Restart)
                outcomes.Add(new(p, state + delta, reward, end == MoveEnd.Terminal));
            else
                outcomes.AddRange(mdp.Starts.Select(start => new TableOutcome(p * start.Probability, start.State, reward, false)));
        }
    }
}
