namespace GridWorld.Tests;

public class SearchValueTests
{
    [Theory]
    [InlineData("0.1")]
    [InlineData("-3")]
    [InlineData("1E-05")]
    [InlineData("\"a \\u0022b\\u0022\"")]
    [InlineData("true")]
    [InlineData("false")]
    [InlineData("{\"schedule\":\"linear\",\"from\":1,\"to\":0.05,\"over\":10000}")]
    public void Json_comes_back_as_it_was_given(string json)
    {
        Assert.Equal(json, SearchValue.FromJson(json).ToJson());
        Assert.Equal(SearchValue.FromJson(json), SearchValue.FromJson($" {json} "));
    }

    [Fact]
    public void A_value_is_of_one_kind()
    {
        SearchValue number = 1, text = "1", flag = true, zero = default;

        Assert.Equal((1.0, null, null), (number.Number, number.Text, number.Flag));
        Assert.Equal((null, "1", null), (text.Number, text.Text, text.Flag));
        Assert.Equal((null, null, true), (flag.Number, flag.Text, flag.Flag));
        Assert.Equal(0, zero.Number);
        Assert.Equal(4, new[] { number, text, flag, zero, 1, "1", true }.Distinct().Count());
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[1]")]
    [InlineData("")]
    [InlineData("\"\\ud800\"")]
    public void What_is_no_value_is_refused(string json) => Assert.Throws<InputException>(() => SearchValue.FromJson(json));
}
