<?xml version="1.0" encoding="utf-8"?>
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:output method="xml" encoding="utf-8" />
  <!-- The words of PublicApi.txt, separated by spaces; a bracket of types has become a backtick. -->
  <xsl:param name="api" />
  <xsl:variable name="words" select="concat(' ', $api, ' ')" />

  <xsl:template match="@* | node()">
    <xsl:copy>
      <xsl:apply-templates select="@* | node()" />
    </xsl:copy>
  </xsl:template>

  <!-- Names are T:GridWorld.Type, M:GridWorld.Type`1.Member(…) and so on. -->
  <xsl:template match="member">
    <xsl:variable name="type" select="substring-before(concat(translate(substring-after(@name, ':GridWorld.'), '(', '.'), '.'), '.')" />
    <!-- A generic type is followed by a backtick, here with the number of its parameters, there instead of their bracket. -->
    <xsl:variable name="name" select="concat(' ', substring-before(concat($type, '`'), '`'), substring('` ', 2 - contains($type, '`'), 1))" />
    <xsl:if test="contains($words, concat(' class', $name)) or contains($words, concat(' struct', $name))
                  or contains($words, concat(' enum', $name)) or contains($words, concat(' interface', $name))">
      <xsl:copy-of select="." />
    </xsl:if>
  </xsl:template>
</xsl:stylesheet>
