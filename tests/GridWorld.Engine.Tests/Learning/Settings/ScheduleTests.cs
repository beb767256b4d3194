using System.Globalization;
using CsCheck;

namespace GridWorld.Tests;

public class ScheduleTests
{
    static readonly int Inputs = (int)Long.Count("schedules", 10_000, 1_000_000);

    static double At(Schedule schedule, long episode = 0, long step = 0, long state = 0, long pair = 0) =>
        schedule.At(new(episode, step, state, pair));

    [Theory]
    [InlineData(0, 1)]
    [InlineData(25, 0.775)]
    [InlineData(100, 0.1)]
    [InlineData(1000, 0.1)]
    public void Linear_goes_straight_and_stays(long episode, double expected) =>
    Assert.Equal(expected, At(Schedule.Linear(1, 0.1, 100), episode, step: 77), 1e-15);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0.5)]
    [InlineData(3, 0.125)]
    [InlineData(4, 0.1)]
    [InlineData(long.MaxValue, 0.1)]
    public void Exponential_multiplies_down_to_its_floor(long step, double expected) =>
        Assert.Equal(expected, At(Schedule.Exponential(1, 0.5, 0.1, ScheduleUnit.Steps), 9, step));

    [Theory]
    [InlineData(0, 1)]
    [InlineData(10, 1)]
    [InlineData(15, 0.75)]
    [InlineData(20, 0.5)]
    [InlineData(60, 0.25)]
    [InlineData(100, 0)]
    [InlineData(500, 0)]
    public void Piecewise_joins_its_points(long episode, double expected) =>
        Assert.Equal(expected, At(Schedule.Piecewise([new(10, 1), new(20, 0.5), new(100, 0)]), episode), 1e-15);

    [Theory]
    [InlineData(1, 0, 1)]
    [InlineData(1, 3, 0.25)]
    [InlineData(0.5, 3, 0.5)]
    [InlineData(2, 3, 0.0625)]
    [InlineData(0.8, 31, 0.0625)] // 32^0.8 = 2⁴
    public void Power_divides_by_n_to_the_p_with_n_from_one(double power, long visits, double expected) =>
        Assert.Equal(expected, At(Schedule.Power(1, power), pair: visits, state: 5, step: 6), 1e-15);

    [Fact]
    public void Every_unit_counts_its_own()
    {
        ScheduleUnit[] units = [ScheduleUnit.Episodes, ScheduleUnit.Steps, ScheduleUnit.StateVisits, ScheduleUnit.StateActionVisits];

        Assert.Equal([0.5, 0.25, 0.125, 0.1], units.Select(u => At(Schedule.Power(1, 1, u), 1, 3, 7, 9)));
    }

    [Fact]
    public void Number_is_a_constant_and_its_json_a_number()
    {
        Schedule schedule = 0.25;

        Assert.Equal(0.25, At(schedule, 5, 6, 7, 8));
        Assert.Equal("0.25", schedule.ToJson());
        Assert.Equal(schedule, Schedule.FromJson("0.25"));
    }

    [Fact]
    public void Json_is_as_documented()
    {
        const string json = """{"schedule":"linear","from":1,"to":0.05,"over":10000,"unit":"episodes"}""";

        Assert.Equal(json, Schedule.Linear(1, 0.05, 10_000).ToJson());
        Assert.Equal(Schedule.Linear(1, 0.05, 10_000), Schedule.FromJson(json));
        Assert.Equal(Schedule.Power(0.5, 0.8, ScheduleUnit.StateVisits),
            Schedule.FromJson("""{"schedule":"power","from":0.5,"power":0.8,"unit":"state"}"""));
        Assert.Equal(Schedule.Piecewise([new(0, 1), new(9, 0)]), Schedule.FromJson("""{"schedule":"piecewise","points":[[0,1],[9,0]]}"""));
    }

    static readonly Gen<double> Number = Gen.Double[0, 1];
    static readonly Gen<ScheduleUnit> Unit = Gen.Bool.Select(episodes => episodes ? ScheduleUnit.Episodes : ScheduleUnit.Steps);
    static readonly Gen<Schedule> Any = Gen.OneOf(
        Number.Select(Schedule.Constant),
        Gen.Select(Number, Number, Gen.Long[1, 1L << 50], Unit, (from, to, over, unit) => Schedule.Linear(from, to, over, unit)),
        Gen.Select(Number, Gen.Double[1e-9, 1], Number, Unit,
        (from, factor, share, unit) => Schedule.Exponential(from, factor, from * share, unit)),
        Gen.Select(Gen.Select(Gen.Long[1, 1000], Number).Array[1, 9], Unit, (steps, unit) =>
            Schedule.Piecewise([.. steps.Select((s, i) => new SchedulePoint(steps.Take(i + 1).Sum(t => t.Item1), s.Item2))], unit)),
        Gen.Select(Number, Gen.Double[0.01, 2], Gen.Enum<ScheduleUnit>(), (from, power, unit) => Schedule.Power(from, power, unit)));

    [Fact]
    public void Json_keeps_a_schedule_exactly() =>
    Any.Sample(schedule => Assert.Equal(schedule, Schedule.FromJson(schedule.ToJson())), iter: Inputs);

    [Fact]
    public void Values_start_at_the_first_and_stay_within_the_bounds() => Gen.Select(Any, Gen.Long[0, 1L << 52]).Sample((schedule, n) =>
    {
        var (least, greatest) = schedule.Bounds;

        Assert.Equal(schedule.First, At(schedule));
        Assert.InRange(At(schedule, n, n, n, n), least - 1e-12, greatest + 1e-12);
    }, iter: Inputs);

    [Theory]
    [InlineData("fast", "'fast' is not a schedule. Use a number or an object such as "
        + "{\"schedule\":\"linear\",\"from\":1,\"to\":0.05,\"over\":10000,\"unit\":\"episodes\"}.")]
    [InlineData("""{"schedule":"cosine"}""", "There is no schedule 'cosine'. Use one of constant, linear, exponential, piecewise, power.")]
    [InlineData("""{"schedule":"linear","from":1,"to":0}""", "The schedule must have 'over', a number.")]
    [InlineData("""{"schedule":"linear","from":1,"to":0,"over":1.5}""", "'over' of a schedule must be a whole number (got 1.5).")]
    [InlineData("""{"schedule":"linear","from":"1","to":0,"over":1}""", "'from' of a schedule must be a number (got \"1\").")]
    [InlineData("""{"schedule":"linear","from":1,"to":0,"over":5,"unit":"days"}""",
        "There is no unit 'days'. Use one of episodes, steps, state, state-action.")]
    [InlineData("""{"schedule":"linear","from":1,"to":0,"over":5,"unit":"state"}""",
        "The unit of a linear schedule must be episodes or steps (got state).")]
    [InlineData("""{"schedule":"linear","from":1,"to":0,"over":0}""", "'over' of a linear schedule must be at least 1 (got 0).")]
    [InlineData("""{"schedule":"power","form":1}""", "A power schedule has no field 'form'. Use schedule, from, power, unit, start.")]
    [InlineData("""{"schedule":"power","power":2.5}""", "The power of a schedule must be above 0 and at most 2 (got 2.5).")]
    [InlineData("""{"schedule":"exponential","from":1,"factor":1.5}""",
        "The factor of an exponential schedule must be above 0 and at most 1 (got 1.5).")]
    [InlineData("""{"schedule":"exponential","from":0.1,"factor":0.5,"to":0.2}""",
        "The last value of an exponential schedule must be at most the first (got 0.2 and 0.1).")]
    [InlineData("""{"schedule":"piecewise","points":[]}""",
        "A piecewise schedule must have 'points', 1 to 1000 pairs such as [[0,1],[100,0.1]].")]
    [InlineData("""{"schedule":"piecewise","points":[[5,1],[5,2]]}""", "The counts of the points of a piecewise schedule must increase.")]
    [InlineData("""{"schedule":"piecewise","points":[[0.5,1]]}""",
        "A point of a schedule must be a pair of a whole number and a number (got [0.5,1]).")]
    [InlineData("""{"schedule":"\ud800"}""", "'{\"schedule\":\"\\ud800\"}' is not a schedule. Use a number or an object such as "
        + "{\"schedule\":\"linear\",\"from\":1,\"to\":0.05,\"over\":10000,\"unit\":\"episodes\"}.")]
    public void Fault_names_the_value_and_the_way_out(string json, string message) =>
        Assert.Equal(message, Assert.Throws<InputException>(() => Schedule.FromJson(json)).Message);

    [Fact]
    public void All_faults_of_a_schedule_come_at_once() =>
        Assert.Equal(["The values of a linear schedule must be finite (got 1 and NaN).",
            "'over' of a linear schedule must be at least 1 (got -1).",
            "The unit of a linear schedule must be episodes or steps (got unit 9)."],
            Assert.Throws<InputException>(() => Schedule.Linear(1, double.NaN, -1, (ScheduleUnit)9)).Errors);

    [Theory]
    [InlineData("""{"schedule":"linear","from":"1","over":1.5,"unit":"days","start":true,"form":1}""",
        "'from' of a schedule must be a number (got \"1\").", "The schedule must have 'to', a number.",
        "'over' of a schedule must be a whole number (got 1.5).",
        "There is no unit 'days'. Use one of episodes, steps, state, state-action.",
        "'start' of a schedule must be a number (got true).",
        "A linear schedule has no field 'form'. Use schedule, from, to, over, unit, start.")]
    [InlineData("""{"schedule":"piecewise","points":[[0.5,1],[1,1],[2]],"unit":5}""",
        "A point of a schedule must be a pair of a whole number and a number (got [0.5,1]).",
        "A point of a schedule must be a pair of a whole number and a number (got [2]).", "'unit' of a schedule must be text (got 5).")]
    [InlineData("""{"schedule":"power","power":2.5,"form":1}""",
        "The power of a schedule must be above 0 and at most 2 (got 2.5).",
        "A power schedule has no field 'form'. Use schedule, from, power, unit, start.")]
    [InlineData("""{"schedule":5,"from":"1"}""", "'schedule' of a schedule must be text (got 5).")]
    public void All_faults_of_a_schedule_s_json_come_at_once(string json, params string[] faults) =>
        Assert.Equal(faults, Assert.Throws<InputException>(() => Schedule.FromJson(json)).Errors);

    [Fact]
    public void Faults_read_alike_in_every_culture()
    {
        var culture = CultureInfo.CurrentCulture;
        var comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        comma.NumberFormat.NumberDecimalSeparator = ",";
        CultureInfo.CurrentCulture = comma;
        try
        {
            Assert.Equal("The power of a schedule must be above 0 and at most 2 (got 2.5).",
                Assert.Throws<InputException>(() => Schedule.Power(1, 2.5)).Message);
            Assert.Equal("0.5 → 0.25 over 10 episodes", Schedule.Linear(0.5, 0.25, 10).ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    static readonly string[] Pieces = ["null", "-1", "1e400", "\"\"", "{}", "[]", "\\ud800", "\ud800", "\"from\":", "99999999999999999999",
        "0.5", "NaN", "[[0,1]]", ",", "\"unit\":\"steps\"", "\"schedule\":"];

    [Fact]
    public void Mutated_schedules_give_a_schedule_or_its_faults() => (
        from schedule in Any
        from cuts in Gen.Select(Gen.Int[0, 120], Gen.Int[0, 8],
        Gen.OneOf(Gen.Int[0, Pieces.Length - 1].Select(i => Pieces[i]), Gen.String[0, 4])).Array[1, 3]
        select cuts.Aggregate(schedule.ToJson(), (text, cut) =>
        {
            int at = Math.Min(cut.Item1, text.Length);
            return text[..at] + cut.Item3 + text[Math.Min(text.Length, at + cut.Item2)..];
        })).Sample(text =>
        {
            try
            {
                var schedule = Schedule.FromJson(text);
                new QLearning { LearningRate = schedule, Epsilon = schedule }.Check();
                Assert.InRange(At(schedule, 3, 4, 5, 6), 0, 1);
            }
            catch (InputException e)
            {
                Assert.All(e.Errors, error => Assert.True(error.Length is > 10 and < 600, error));
            }
        }, iter: Inputs);
}
