using System.Globalization;

namespace GridWorld;

/// <summary>Finds the values of a parameter at which the optimal policy of a run's world changes.</summary>
internal sealed class BreakpointEndpoint(ServedRuns runs, ReplayTurn turn)
{
    // A search solves the world some hundred times.
    const int MostStates = 1000;

    public Task Find(Call call)
    {
        var query = new QueryInput(call.Http.Request.Query);
        string? parameter = query.Text("parameter");
        var (from, to) = (Number("from"), Number("to"));
        query.Require(parameter is not null, "parameter is missing. Use step_reward, discount_factor, slip or rewards.X with a tile X.")
            .Done();
        var view = runs.FindOrOnly(query.Session).View;
        var world = view.World;
        new Faults().Require(world.States <= MostStates,
            $"The world has {world.States} states; the page looks for breakpoints in worlds of at most {MostStates}. "
            + "Use gridworld solve --over.").ThrowIfAny();
        double discount = parameter == "discount_factor" ? 1 : view.Status().Settings.DiscountFactor;
        return turn.AnswerAsync(call.Http, stop => Planner.Breakpoints(world, parameter!, from, to, discount, stop),
            found => Reply.Json(call.Http, new(view.Id, found.Parameter, found.From, found.To, found.Breakpoints, world.Width, world.Height,
                world.ActionNames, WireTile.Of(world), [.. world.TextAt(0).Select(world.Tiles.Index)],
                found.Plans.Select(plan => new WireInterval(plan.StartValue, Policy(plan)))), WireJson.Default.WireBreakpoints));

        double Number(string name)
        {
            bool isNumber = double.TryParse(query.Text(name), NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
                && double.IsFinite(value);
            query.Require(isNumber, $"{name} must be a finite number.");
            return value;
        }
    }

    // The first eight actions, as everywhere on the page.
    static byte[] Policy(Plan plan) => [.. Enumerable.Range(0, plan.Mdp.States).Select(state => (byte)plan.BestBits(state))];
}
