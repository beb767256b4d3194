using System.Globalization;

namespace GridWorld;

internal sealed class NumberSetting(string name, string doc, double min, double max, bool isWhole,
    Func<LearnerOptions, double> get, Func<LearnerOptions, double, LearnerOptions> with) : LearnerSetting(name, doc)
{
    internal override string Range => double.IsInfinity(min) && double.IsInfinity(max) ? "a finite number"
        : $"{(isWhole ? "a whole number " : "")}between {Text(min)} and {Text(max)}";

    internal override string ToJson(LearnerOptions options) => get(options).ToString("R", CultureInfo.InvariantCulture);

    internal override LearnerOptions WithJson(LearnerOptions options, string json) => double.TryParse(json,
        isWhole ? NumberStyles.AllowLeadingSign : NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
        && (!isWhole || value is >= int.MinValue and <= int.MaxValue)
        ? with(options, value) : throw new InputException(MustBe(Printable.Text(json)));

    internal override void Check(LearnerOptions options, Faults faults) =>
        faults.Require(double.IsFinite(get(options)) && get(options) >= min && get(options) <= max, MustBe(Printable.Number(get(options))));
}
